<?php
$bed = ["name" => "north"];
